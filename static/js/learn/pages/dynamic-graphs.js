import { openLesson } from "../lesson.js";
import { createTool } from "../tools/dynamic-graphs.js";

await openLesson(createTool);
