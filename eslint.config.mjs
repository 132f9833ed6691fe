import tseslint from "typescript-eslint";

/**
 * Who may know whom (ARCHITECTURE.md), as lint. `test/unit/build/metafile.test.ts` holds the bundles to the same rules.
 *
 *   source → ir ← rules ← autodiff, symbolic, codegen ← optimize, landscape ← worker;   print ← symbolic
 *
 * One row a folder of src/core: the folders it may import from. What only describes is everybody's: the words for places,
 * problems and programs in source/, the interfaces of symbolic/formula.ts and objective.ts.
 */
const coreMayImport = {
  source: ["ir"],
  ir: [],
  rules: ["ir"],
  simplify: ["ir", "rules"],
  loops: ["ir", "rules", "simplify"],
  print: ["ir", "rules", "loops"],
  autodiff: ["ir", "rules", "simplify"],
  symbolic: ["ir", "rules", "simplify", "print"],
  codegen: ["ir", "rules", "simplify", "loops"],
  optimize: ["ir", "rules", "simplify", "loops", "autodiff", "symbolic", "codegen"],
  landscape: ["ir", "rules", "simplify", "autodiff", "symbolic", "codegen"],
};
const described = { source: "source/(?!(?:diagnostic|positions|program)$)", symbolic: "symbolic/(?!formula$)" };

/** Packages with one home, and who may import them. */
const homes = [
  { packages: "mathjs", home: ["src/core/source/math/**"], message: "mathjs is imported only under src/core/source/math." },
  {
    packages: "@babel/[^/]+",
    home: ["src/core/source/typescript/**"],
    message: "The TypeScript parser is imported only under src/core/source/typescript.",
  },
  { packages: "chart\\.js", home: ["webview/chart/**"], message: "chart.js is imported only under webview/chart." },
  {
    packages: "@vscode/webview-ui-toolkit",
    home: ["webview/ui/controls.ts"],
    message: "The UI toolkit is imported only by webview/ui/controls.ts, so that replacing it is a change of one file.",
  },
  { packages: "katex", home: ["webview/**"], message: "katex draws, so it is imported only in the webview." },
  {
    packages: "vscode",
    home: ["src/host/**", "src/extension.ts", "test/workbench/suite/**"],
    message: "vscode is imported only under src/host and by src/extension.ts.",
  },
];

/** `no-restricted-imports` has one set of options a file, so every rule that concerns a folder is put together here. */
function imports(files, home, ...patterns) {
  const elsewhere = homes
    .filter((entry) => !entry.home.some((glob) => home.includes(glob)))
    .map(({ packages, message }) => ({ regex: `^${packages}(?:/|$)`, message }));
  return {
    files,
    rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns: [...elsewhere, ...patterns] }] },
  };
}

const noNode = (who) => ({ regex: "^node:", message: `${who} runs wherever JavaScript runs: no Node built-ins.` });
const purity = { regex: "(?:^|/)(?:host|worker|shared|webview)/", message: "core is pure: it knows nothing outside core." };
const onlyTypesOfCore = (who) => ({
  regex: "(?:^|/)core/(?!source/(?:diagnostic|positions)$)",
  allowTypeImports: true,
  message: `${who} may import only types of core (and the words of source/diagnostic and source/positions).`,
});

function coreImports(files, home, folder, allowed) {
  const forbidden = Object.keys(coreMayImport).filter((other) => other !== folder && !allowed.includes(other));
  const rule = {
    regex: `(?:^|/)(?:${forbidden.map((name) => described[name] ?? `${name}/`).join("|")})`,
    allowTypeImports: false,
    message: `core/${folder} may import only from ${["itself", ...allowed].join(", ")} (see "Who may know whom" in ARCHITECTURE.md).`,
  };
  return imports(files, home, rule, purity, noNode("core"));
}

const coreRules = [
  ...Object.entries(coreMayImport).map(([folder, allowed]) => coreImports([`src/core/${folder}/**/*.ts`], [], folder, allowed)),
  ...["math", "typescript"].map((language) => {
    const files = [`src/core/source/${language}/**/*.ts`];
    return coreImports(files, [`src/core/source/${language}/**`], "source", coreMayImport.source);
  }),
  // The reference interpreter takes each primitive's value from the one rule table, as everybody does.
  coreImports(["src/core/ir/interpret.ts", "src/core/ir/evaluate.ts"], [], "ir", ["rules"]),
];

export default tseslint.config(
  {
    ignores: ["node_modules/", "dist/", "out/", ".cache/", ".vscode-test/", "test-results/", "test/fixtures/", "examples/", "bench/programs/"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.mts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // A flag set inside a callback looks constant to it.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // Spreading a string is how one walks it by code points.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "no-console": "error",
      "no-eval": "error",
      "no-new-func": "error",
      "max-lines": ["warn", { max: 300, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "No default exports: a name is the same everywhere." },
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file that has it." },
        { selector: "TSEnumDeclaration", message: "A union of strings says the same and vanishes when compiled." },
      ],
    },
  },
  ...coreRules,
  imports(["src/core/*.ts"], [], purity, noNode("core")),
  imports(
    ["src/shared/**/*.ts"],
    [],
    onlyTypesOfCore("shared"),
    noNode("shared"),
    { regex: "(?:^|/)(?:host|worker|webview)/", message: "shared is what host, worker and webview all speak: it knows none of them." },
  ),
  imports(["src/worker/**/*.ts"], [], {
    regex: "(?:^|/)(?:host|webview)/",
    message: "The worker computes: it never knows VS Code or the webview.",
  }),
  imports(
    ["src/host/**/*.ts", "src/extension.ts"],
    ["src/host/**"],
    onlyTypesOfCore("The host"),
    { regex: "(?:^|/)(?:worker|webview)/", message: "Host, worker and webview meet only in shared." },
  ),
  imports(["webview/**/*.ts"], ["webview/**"], ...webviewRules("webview")),
  imports(["webview/chart/**/*.ts"], ["webview/**", "webview/chart/**"], ...webviewRules("webview/chart")),
  imports(["webview/ui/controls.ts"], ["webview/**", "webview/ui/controls.ts"], ...webviewRules("webview/ui/controls")),
  {
    files: ["src/**/*.node.ts", "test/**/*.ts", "bench/**/*.ts"],
    rules: { "no-console": "off" },
  },
  {
    // The one place where text becomes code: text that we generated from our own IR.
    files: ["src/core/codegen/javascript/runtime.ts"],
    rules: {
      "no-new-func": "off",
      "@typescript-eslint/no-implied-eval": "off",
      "@typescript-eslint/no-unsafe-call": "off",
    },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      // A test may be long because it is a table, and may hand over an async function that has nothing to await.
      "max-lines": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
    },
  },
  { files: ["*.config.mts"], extends: [tseslint.configs.disableTypeChecked], languageOptions: { parserOptions: { projectService: false } } },
  {
    files: ["**/*.mjs", "**/*.js"],
    rules: { "no-unused-vars": ["error", { argsIgnorePattern: "^_" }], "prefer-const": "error", "no-var": "error", eqeqeq: "error" },
  },
);

function webviewRules(who) {
  return [
    {
      regex: "(?:^|/)core/",
      allowTypeImports: true,
      message: `${who} may import shared, and only types of core.`,
    },
    { regex: "(?:^|/)(?:host|worker)/", message: "Host and webview meet only in shared." },
    noNode("The webview"),
  ];
}
