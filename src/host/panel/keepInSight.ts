import * as vscode from "vscode";
import { panelViewType } from "../../shared/ids";

/**
 * Locks the group in which the panel stands alone, as the editor does with its own previews: a file that is opened while the
 * panel has the focus then opens beside the picture instead of over it. To be called while the panel is the active tab.
 */
export function keepInSight(): void {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const [tab, ...others] = activeTabGroup.tabs;
  const isOurs = tab?.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(panelViewType);
  if (isOurs && others.length === 0 && all.length > 1) void vscode.commands.executeCommand("workbench.action.lockEditorGroup");
}
