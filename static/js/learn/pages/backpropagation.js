import { openLesson } from "../lesson.js";
import { createTool } from "../tools/backpropagation.js";

await openLesson(createTool);
