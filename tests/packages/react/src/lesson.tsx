import "downhill-lesson/bowl";
import "downhill-lesson/starts";
import "downhill-lesson/react";

import type { GdBowl } from "downhill-lesson";
import { useRef, useState } from "react";

export function Lesson() {
  const [alpha, setAlpha] = useState(0.9);
  const [k, setK] = useState(0);
  const bowl = useRef<GdBowl>(null);
  return (
    <main>
      <h1>React</h1>
      <button onClick={() => setAlpha(0.3)}>Smaller steps</button>
      <button onClick={() => bowl.current?.step(2)}>Two steps</button>
      <output>{`iteration ${k}`}</output>
      <gd-bowl ref={bowl} className="wide" alpha={alpha} start="5" autoplay={false} ongd-step={(event) => setK(event.detail.k)} />
      <gd-starts
        loss="himmelblau"
        start={[
          [0.5, -1],
          [1, 2],
        ]}
        basins="off"
        alpha={0.01}
      />
    </main>
  );
}
