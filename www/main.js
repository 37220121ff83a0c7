/** Entry point of the lesson page: figures, table of contents, theme. */

import "./elements/define.js";
import { onceRead } from "./elements/ahead.js";
import { contents } from "./page/contents.js";
import { exercises } from "./page/exercise.js";
import { landExactly } from "./page/jump.js";
import { makeWay } from "./page/masthead.js";
import { themeChoice } from "./page/theme.js";

exercises();
landExactly();
makeWay(document.querySelector(".masthead"));
themeChoice(document.querySelector("select#theme"));
contents(document.querySelector("nav.contents"), document.querySelector("button#contents-button"));
// There is no progress before someone reads.
onceRead(() => import("./page/progress.js"));
