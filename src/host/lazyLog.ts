import * as vscode from "vscode";

/** A log that costs nothing until there is something to say: most days there is not. */
export function lazyLog(subscriptions: { dispose(): unknown }[]): (line: string) => void {
  let channel: vscode.LogOutputChannel | undefined;
  return (line) => {
    if (!channel) {
      channel = vscode.window.createOutputChannel("Downhill", { log: true });
      subscriptions.push(channel);
    }
    channel.info(line);
  };
}
