/** When the bundle began to load: imported before anything else, so that it is evaluated before anything else. */
export const loadBegan = performance.now();
