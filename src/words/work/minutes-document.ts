import type { MinutesAsTheyStand } from '../../../db/work/minutes.ts'
import { day } from '../../calendar.ts'
import { gatheringKinds } from '../../rules/gatherings/gatherings.ts'
import { type MinuteDraft, signatures } from '../../rules/work/minutes-draft.ts'
import { fingerprintSaid } from './minutes.ts'

/** Twentieths of a point; A4 with the margins that are usual for papers in China. */
const PAGE = { width: 11_906, height: 16_838 }
const MARGIN = { top: 1_440, bottom: 1_440, left: 1_580, right: 1_580 }
const HEAD_WIDTH = 1_700
const BODY_WIDTH = PAGE.width - MARGIN.left - MARGIN.right - HEAD_WIDTH

const SONG = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' }
const HEI = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' }

/** The minutes as a Word document of one table, with two lines to sign. The library is loaded for it alone. */
export async function minutesDocument({ title, lines }: MinuteDraft, { locked }: Pick<MinutesAsTheyStand, 'locked'>): Promise<Uint8Array> {
  const { AlignmentType, Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun, VerticalAlignTable, WidthType } = await import(
    'docx'
  )
  const said = (text: string, { isHead = false, size = 24 } = {}) => new TextRun({ text, size, font: isHead ? HEI : SONG })
  const cell = (width: number, says: readonly string[], isHead: boolean) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      verticalAlign: isHead ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
      margins: { top: 60, bottom: 60, left: 100, right: 100 },
      children: says.map(
        (one) => new Paragraph({ children: [said(one, { isHead })], ...(isHead ? { alignment: AlignmentType.CENTER } : {}) }),
      ),
    })
  const fingerprint = fingerprintSaid(locked)
  const document = new Document({
    creator: '支部',
    title,
    sections: [
      {
        properties: { page: { size: PAGE, margin: MARGIN } },
        children: [
          new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 240 }, children: [said(title, { isHead: true, size: 36 })] }),
          new Table({
            width: { size: HEAD_WIDTH + BODY_WIDTH, type: WidthType.DXA },
            columnWidths: [HEAD_WIDTH, BODY_WIDTH],
            rows: lines.map(
              ({ head, says }) =>
                new TableRow({ cantSplit: says.length < 6, children: [cell(HEAD_WIDTH, [head], true), cell(BODY_WIDTH, says, false)] }),
            ),
          }),
          ...signatures.map(
            (of) => new Paragraph({ spacing: { before: 480 }, children: [said(`${of}：________________    ____年__月__日`)] }),
          ),
          ...(fingerprint ? [new Paragraph({ spacing: { before: 360 }, children: [said(fingerprint, { size: 16 })] })] : []),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}

/** No character that a file name may not have. */
export const nameOfDocument = ({ it, own }: Pick<MinutesAsTheyStand, 'it' | 'own'>): string =>
  `会议记录 ${own.name} ${gatheringKinds[it.kind].name.zh} ${day(it.startsAt)}.docx`.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
