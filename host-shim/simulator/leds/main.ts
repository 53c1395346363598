/** The firmware on Node, with its pictures handed on. */
import "./hand-on.js";
import "../../../main.js";
