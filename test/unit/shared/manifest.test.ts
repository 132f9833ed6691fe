import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { defaultSettings } from "../../../src/shared/defaults";
import { commands, configurationSection, contextKeys, panelViewType } from "../../../src/shared/ids";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const text = (path: string): string => readFileSync(join(root, path), "utf8");
const json = (path: string): Record<string, string> => JSON.parse(text(path)) as Record<string, string>;

interface Manifest {
  activationEvents: string[];
  icon: string;
  l10n: string;
  capabilities: { untrustedWorkspaces: { supported: boolean }; virtualWorkspaces: boolean };
  contributes: {
    commands: { command: string; title: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    keybindings: { command: string; key: string; when: string }[];
    configuration: { properties: Record<string, { type: string; default: unknown }> };
  };
}
const manifest = JSON.parse(text("package.json")) as Manifest;
const { contributes } = manifest;
const ids = Object.values<string>(commands).sort();

describe("the manifest", () => {
  it("declares exactly the commands the code has", () => {
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual(ids);
  });

  it("refers in menus and keys only to commands it declares", () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(({ command }) => command);
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((command) => !ids.includes(command))).toEqual([]);
  });

  it("offers both main commands in the editor's context menu, with a key that works in text only", () => {
    for (const command of [commands.showGradient, commands.descend]) {
      expect(contributes.menus["editor/context"]?.some((item) => item.command === command)).toBe(true);
      expect(contributes.keybindings.find((binding) => binding.command === command)?.when).toBe("editorTextFocus");
    }
  });

  it("uses in its conditions only context keys the code sets", () => {
    const conditions = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(({ when }) => when ?? "");
    const used = new Set(conditions.flatMap((when) => when.match(/downhill\.\w+/g) ?? []));
    expect([...used].sort()).toEqual(Object.values<string>(contextKeys).sort());
  });

  it("never gives one key to two commands", () => {
    const keys = contributes.keybindings.map(({ key, when }) => `${key} ${when}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("activates to restore the panel under the panel's own view type", () => {
    expect(manifest.activationEvents).toEqual([`onWebviewPanel:${panelViewType}`]);
  });

  it("declares exactly the settings the code reads, with the same defaults", () => {
    const declared = Object.entries(contributes.configuration.properties).map(([key, { default: value }]) => [key, value]);
    expect(Object.fromEntries(declared)).toEqual(
      Object.fromEntries(Object.entries(defaultSettings).map(([key, value]) => [`${configurationSection}.${key}`, value])),
    );
  });

  it("supports untrusted and virtual workspaces", () => {
    expect(manifest.capabilities).toEqual({ untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  });

  it("has an icon of at least 128 by 128 pixels", () => {
    const png = readFileSync(join(root, manifest.icon));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(Math.min(png.readUInt32BE(16), png.readUInt32BE(20))).toBeGreaterThanOrEqual(128);
  });
});

describe("its words", () => {
  const english = json("package.nls.json");

  it("are all in package.nls.json, which holds no others", () => {
    const used = [...text("package.json").matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? "");
    expect([...new Set(used)].sort()).toEqual(Object.keys(english).sort());
  });

  it("are all there in Korean", () => {
    expect(Object.keys(json("package.nls.ko.json")).sort()).toEqual(Object.keys(english).sort());
  });
});

describe("the sentences of the host", () => {
  const files = readdirSync(join(root, "src/host"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const said = files.flatMap((name) => [...text(join("src/host", name)).matchAll(/\bt\(\s*"((?:[^"\\]|\\.)*)"/g)].map(([, words]) => words ?? ""));

  it("are all there in Korean, with the same blanks, and no others", () => {
    const korean = json(join(manifest.l10n, "bundle.l10n.ko.json"));
    expect(said.length).toBeGreaterThan(4);
    expect(Object.keys(korean).sort()).toEqual([...new Set(said)].sort());
    const blanks = (sentence: string): string[] => (sentence.match(/\{\d\}/g) ?? []).sort();
    for (const [from, to] of Object.entries(korean)) expect(blanks(to)).toEqual(blanks(from));
  });
});
