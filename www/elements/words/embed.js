/** English messages of the dialog that puts a figure into a page. {Placeholders} are filled. */

export const words = {
  title: "Put this figure into a page",
  close: "Close",
  as: "As",
  frame: "Frame",
  tag: "Tag",
  file: "Single file",
  link: "Link",
  picture: "Picture",
  "about-frame": "For any site, slide deck or course system that allows frames.",
  "about-tag": "For a page that may load scripts from this site. The figure becomes a part of the page.",
  "about-module": "For a project with a bundler, after npm install downhill-lesson.",
  "about-file": "For places without a server, such as a course system’s files, a mail or a USB stick: save the file, put it beside your page, and frame it.",
  "about-link": "For mail, chat and documents. It opens this state on a page of its own.",
  "about-picture": "For paper and slides: the drawings as they are now.",
  html: "HTML",
  address: "Address",
  copy: "Copy",
  copied: "Copied.",
  "copy-failed": "Copying was not allowed. The text is selected: copy it with the keyboard or its menu.",
  "not-saved": "If no file was saved, the page around this figure does not allow it. Open the figure on a page of its own (Link) and save it there.",
  save: "Save {name}",
  png: "Save as PNG",
  svg: "Save as SVG",
  show: "What to show",
  "group-transport": "Playback",
  "group-runners": "Runs",
  "group-settings": "Settings",
  "group-view": "View",
  "group-share": "Links",
  "group-readouts": "Words and numbers",
  "group-table": "Table",
  "group-program": "Menu of programs",
  "group-language": "Languages",
  "group-formula": "Formula",
  "group-listing": "Program",
  preview: "Preview",
  width: "Width in px",
  height: "{width} px wide, it is {height} px high.",
  "left-out": "What you made here (points, kept runs) is too long for an address, and left out.",
};

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  const text = /** @type {Record<string, string>} */ (words)[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
}
