import { openLesson } from "../lesson.js";
import { createTool } from "../tools/lagrange.js";

await openLesson(createTool, { values: false });
