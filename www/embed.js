/** Entry point of the pages that show one figure: `embed.html?figure=ravine&alpha=0.018`, `ravine.html?alpha=0.018`. */

import { figures } from "./elements/define.js";
import { showFigure } from "./frame/figure.js";

// The page of one figure names it.
showFigure(figures, document.documentElement.dataset.figure);
