import { openLesson } from "../lesson.js";
import { createTool } from "../tools/symbolic.js";

await openLesson(createTool);
