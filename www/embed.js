/** Entry point of the page that shows one figure: `embed.html?figure=ravine&alpha=0.018`. */

import { figures } from "./elements/define.js";
import { showFigure } from "./frame/figure.js";

showFigure(figures);
