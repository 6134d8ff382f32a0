import { openLesson } from "../lesson.js";
import { createTool } from "../tools/forward-reverse.js";

await openLesson(createTool);
