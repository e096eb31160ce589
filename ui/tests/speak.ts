// The tests read the page's sentences in English.
import { speak } from "../src/text";

await speak("en");
