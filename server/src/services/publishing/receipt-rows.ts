import { fail, ok, type Result } from '@gradshot/domain';
import type { ReceiptLine } from '../../ports/publishing/receipt-reader.ts';

/** What a column of a receipt tells. */
type Column = 'name' | 'XH' | 'KSH' | 'SFZH' | 'outcome' | 'reason';

export const RECEIPT_KEYS = ['name', 'SFZH', 'KSH', 'XH'] as const;
export type ReceiptKey = (typeof RECEIPT_KEYS)[number];

/** One line of a receipt; `accepted` undefined: it does not say what became of the photo. */
export type ReceiptEntry = {
  readonly row: number;
  /** By what it names the photo, in the order in which that is believed. */
  readonly keys: readonly { readonly by: ReceiptKey; readonly text: string }[];
  readonly accepted: boolean | undefined;
  readonly reason: string;
};

const HEADER_WITHIN = 10;
const MAX_REASON = 200;

const HEADINGS: Readonly<Record<Column, RegExp>> = {
  name: /^(照片|图片|相片|图像)?(文件名|文件名称|名称|照片名)$|^(照片|图片|图像)$|^FILE(NAME)?$/,
  XH: /^(学号|XH)$/,
  KSH: /^(考生号|KSH)$/,
  SFZH: /^(身份证|证件)(件)?(号|号码)$|^(SFZH|SFZJH)$/,
  outcome:
    /^(处理|上传|校验|审核|检测|接收|入库|比对|采集|反馈)?(结果|状态)$|^是否(通过|合格|接收|成功)$|^(RESULT|STATUS)$/,
  reason: /^(不通过|未通过|失败|退回|不合格|拒绝|错误)?(原因|信息|说明|描述)$|^(备注|REASON)$/,
};

const REFUSED =
  /^(不|未|否|拒|退|失败|错误|异常|无效|驳回|[^,，]*(失败|不通过|未通过|不合格|拒绝|退回)|REJECT|REFUSE|FAIL|ERROR|NO$|N$|0$)/;
const ACCEPTED =
  /^(成功|通过|合格|已?接收|已?入库|已?上传|已上网|正常|有效|是|[^,，]*(成功|通过|合格)$|ACCEPT|OK|PASS|SUCCESS|YES$|Y$|1$)/;

const bare = (text: string) => text.replaceAll(/[\s:：*()（）【】]/g, '').toUpperCase();

/**
 * The lines of a receipt below its headings, wherever in the first lines these stand. Failure:
 * `publishing.receiptColumnsMissing`.
 */
export function readReceipt(lines: readonly ReceiptLine[]): Result<readonly ReceiptEntry[]> {
  const candidates = lines.slice(0, HEADER_WITHIN).map(({ cells }) => columnsOf(cells));
  const at = candidates.findIndex((columns) => hasKey(columns) && columns.has('outcome'));
  const columns = candidates[at];
  if (!columns) return fail('publishing.receiptColumnsMissing', { columns: missing(candidates) });
  const below = lines.slice(at + 1).filter(({ cells }) => !isHeading(cells));
  return ok(below.map((line) => entryOf(line, columns)).filter(({ keys }) => keys.length > 0));
}

type Columns = ReadonlyMap<Column, number>;

const hasKey = (columns: Columns) => RECEIPT_KEYS.some((key) => columns.has(key));

/** Of several columns of one kind the first counts. */
function columnsOf(cells: readonly string[]): Columns {
  const found = new Map<Column, number>();
  for (const [place, cell] of cells.entries())
    for (const [column, heading] of Object.entries(HEADINGS) as [Column, RegExp][])
      if (!found.has(column) && heading.test(bare(cell))) {
        found.set(column, place);
        break;
      }
  return found;
}

/** Further sheets have headings of their own. */
function isHeading(cells: readonly string[]): boolean {
  const columns = columnsOf(cells);
  return hasKey(columns) && columns.has('outcome');
}

function missing(candidates: readonly Columns[]): string {
  const anyKey = candidates.some(hasKey);
  const anyOutcome = candidates.some((columns) => columns.has('outcome'));
  return [...(anyKey ? [] : ['文件名/学号']), ...(anyOutcome ? [] : ['结果'])].join('、') || '结果';
}

function entryOf({ row, cells }: ReceiptLine, columns: Columns): ReceiptEntry {
  const text = (column: Column) => {
    const place = columns.get(column);
    return place === undefined ? '' : (cells[place] ?? '');
  };
  return {
    row,
    keys: RECEIPT_KEYS.flatMap((by) => (text(by) ? [{ by, text: text(by) }] : [])),
    accepted: outcomeOf(text('outcome')),
    reason: text('reason').slice(0, MAX_REASON),
  };
}

/** Refusals are looked for first: 不通过 ends in 通过. */
export function outcomeOf(text: string): boolean | undefined {
  const said = bare(text);
  if (said === '') return undefined;
  if (REFUSED.test(said)) return false;
  return ACCEPTED.test(said) ? true : undefined;
}
