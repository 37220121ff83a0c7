/** Entry point of the worker that runs Python in a page that is one file. */

// First, since it listens before the other.
import "./python.js";
import "../elements/code/worker.js";
