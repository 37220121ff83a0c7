/** Loads the module and says that the chain from Rust to the page works. */
import init, { version } from "../downhill-web.js";

await init();
document.documentElement.dataset.version = version();
