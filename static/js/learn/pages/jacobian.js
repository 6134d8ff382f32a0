import { openLesson } from "../lesson.js";
import { createTool } from "../tools/jacobian.js";

await openLesson(createTool);
