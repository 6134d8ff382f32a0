import { openLesson } from "../lesson.js";
import { createTool } from "../tools/vjp.js";

await openLesson(createTool);
