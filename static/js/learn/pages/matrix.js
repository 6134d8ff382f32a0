import { openLesson } from "../lesson.js";
import { createTool } from "../tools/matrix.js";

await openLesson(createTool, { values: false });
