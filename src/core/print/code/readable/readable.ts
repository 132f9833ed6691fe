import type { Names } from "../../../ir/build";
import type { ArrayVariable, Block } from "../../../ir/types";
import { walkBlock } from "../../../ir/visit";
import { ascend } from "./ascend";
import { chooseInline } from "./chooseInline";
import { coalesce } from "./coalesce";
import { forwardArrays } from "./forwardArrays";
import { arraysIn, fuseLoops } from "../../../loops/fuseLoops";
import { inlineTemporaries } from "./inlineTemporaries";
import { mergeSums } from "./mergeSums";
import { withoutLostFills } from "../../../loops/ownArrays";
import { mergeCopies, recompute } from "./recompute";
import { rewriteBlock, rewriteBlocks } from "../../../ir/rewriteBlock";
import { separate } from "../../../loops/separate";
import { singleElements } from "./singleElements";
import { tidyBlock } from "./tidy";
import { mergeTwins } from "./twins";
import { withoutGuard } from "./withoutGuards";
import { withoutZeroing } from "./zeros";

/** Beyond this nobody reads it, and looking for the better form would take long. */
const LARGEST = 4000;

/** The same computation as a person would have written it. Values may differ in their last digits. */
export function readable(body: Block, arrays: readonly ArrayVariable[], names: Names): Block {
  let size = 0;
  walkBlock(body, () => { size++; });
  if (size > LARGEST) return body;
  let block: Block = chooseInline(tidyBlock(rewriteBlock(separate(body, names), withoutGuard)));
  block = inlineTemporaries(mergeTwins(block));
  block = withoutZeroing(block, arrays);
  block = ascend(tidyBlock(inlineTemporaries(block)));
  for (let round = 0; round < 3; round++) {
    block = ascend(recompute(block, names));
    block = rewriteBlocks(block, withoutLostFills);
    block = singleElements(mergeCopies(fuseLoops(block)), names);
    block = mergeSums(tidyBlock(inlineTemporaries(block)));
    block = forwardArrays(block, [...arraysIn(block)]);
  }
  return withoutNothing(tidyBlock(inlineTemporaries(chooseInline(coalesce(tidyBlock(inlineTemporaries(block)))))));
}

/** Without the loops and branches that nothing is left in. */
const withoutNothing = (body: Block): Block => rewriteBlocks(body, (block) => block.filter((statement) => {
  if (statement.kind === "for") return statement.body.length > 0 || statement.exit !== undefined;
  return statement.kind !== "if" || statement.then.length + statement.else.length > 0;
}));
