import { openLesson } from "../lesson.js";
import { createTool } from "../tools/numerical.js";

await openLesson(createTool, { shorthand: ["h"] });
