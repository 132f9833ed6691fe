// Loaded before the workbench server: ends it when the process that started it is gone, however that one ended.
"use strict";
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 1000).unref();
