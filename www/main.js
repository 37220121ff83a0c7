/** The lesson page: its figures, its table of contents, its theme. */

import "./elements/define.js";
import { contents } from "./page/contents.js";
import { themeChoice } from "./page/theme.js";

themeChoice(document.querySelector("select#theme"));
contents(document.querySelector("nav.contents"), document.querySelector("button#contents-button"));
