import { openLesson } from "../lesson.js";
import { createTool } from "../tools/dual-numbers.js";

await openLesson(createTool);
