import "downhill-lesson/bowl";
import { define } from "downhill-lesson";

await define("starts", "code");
