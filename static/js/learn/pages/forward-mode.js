import { openLesson } from "../lesson.js";
import { createTool } from "../tools/forward-mode.js";

await openLesson(createTool);
