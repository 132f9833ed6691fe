import * as vscode from "vscode";
import type { DataFile } from "../core/source/program";
import { openDocument } from "./documents";

/** A picture of 60,000 digits has 47 MB. */
const largest = 64 * 2 ** 20;
/** Of the files read last, to have them at hand while somebody types. */
const mostKept = 128 * 2 ** 20;

interface Kept {
  readonly version: string;
  readonly bytes: Uint8Array;
}

/** Files of data that programs read, as they stand there now; those that are the same as before are not read again. */
export class DataFiles {
  private readonly kept = new Map<string, Kept>();

  /** Only what lies in the folder that is open, or beside the program where none is. Undefined: there is no such file. */
  async read(uri: string, programUri: string): Promise<DataFile | undefined> {
    const open = openDocument(uri);
    const parsed = vscode.Uri.parse(uri, true);
    if (!isWithin(parsed, folderFor(vscode.Uri.parse(programUri, true)))) return { isOutside: true };
    if (open) return { bytes: new TextEncoder().encode(open.getText()) };
    const found = parsed.scheme === "untitled" ? undefined : await fileAt(parsed);
    if (!found) return undefined;
    if (found.size > largest) return { tooLarge: found.size };
    const version = `${found.mtime} ${found.size}`;
    const before = this.kept.get(uri);
    const bytes = before?.version === version ? before.bytes : await vscode.workspace.fs.readFile(parsed);
    this.keep(uri, { version, bytes });
    return { bytes };
  }

  /** The newest last; the oldest go. */
  private keep(uri: string, file: Kept): void {
    this.kept.delete(uri);
    this.kept.set(uri, file);
    let total = [...this.kept.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const [each, { bytes }] of this.kept) {
      if (total <= mostKept) return;
      this.kept.delete(each);
      total -= bytes.length;
    }
  }
}

const folderFor = (program: vscode.Uri): vscode.Uri => vscode.workspace.getWorkspaceFolder(program)?.uri ?? vscode.Uri.joinPath(program, "..");

function isWithin(file: vscode.Uri, folder: vscode.Uri): boolean {
  const root = folder.path.endsWith("/") ? folder.path : `${folder.path}/`;
  return file.scheme === folder.scheme && file.authority === folder.authority && file.path.startsWith(root);
}

async function fileAt(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    const stat = await vscode.workspace.fs.stat(uri);
    return (stat.type & vscode.FileType.File) === 0 ? undefined : stat;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}
