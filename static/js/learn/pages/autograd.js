import { openLesson } from "../lesson.js";
import { createTool } from "../tools/autograd.js";

await openLesson(createTool);
