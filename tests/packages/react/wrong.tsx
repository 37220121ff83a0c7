import "downhill-lesson/react";

export const wrong = [
  <gd-bowl alpha={true} />,
  <gd-bowl alpha="steep" />,
  <gd-ravine scale="lin" />,
  <gd-race autoplay="yes" />,
  <gd-bowl ongd-step={(event) => event.detail.step} />,
];
