import "downhill-lesson/elements";

import { figures, type GdRavine, type Snapshot } from "downhill-lesson";

const ravine: GdRavine = document.createElement("gd-ravine");
ravine.alpha = 0.018;
ravine.start = [-4, 1];
ravine.otherAlpha = "same";
ravine.addEventListener("gd-outcome", ({ detail }) => console.log(detail.run, detail.kind, detail.k));
const snapshot: Snapshot | null = ravine.snapshot();
console.log(snapshot?.runs[0]?.iterates, figures.length);
