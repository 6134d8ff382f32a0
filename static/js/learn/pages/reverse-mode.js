import { openLesson } from "../lesson.js";
import { createTool } from "../tools/reverse-mode.js";

await openLesson(createTool);
