import { openLesson } from "../lesson.js";
import { createTool } from "../tools/chain-rule.js";

await openLesson(createTool);
