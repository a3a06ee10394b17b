import { DESK_PAYMENT_TEXT, PHOTO_STEP_TEXT, RELEASE_CAUSES } from '@gradshot/domain';
import { type DayReport, refusalText, DAY_REPORT_TEXT as TEXT } from '../../../shared/index.ts';
import { type CsvRow, csvText } from './csv-text.ts';

/** The report as a table for a spreadsheet, in the language of those who keep it. */
export function dayReportFile(report: DayReport, station: string) {
  const { day, visits, handedIn, takesMean, secondsMedian, secondsSlowest } = report;
  const rows: readonly CsvRow[] = [
    [TEXT.title.zh, day],
    [TEXT.station.zh, station],
    [TEXT.visits.zh, visits],
    [TEXT.handedIn.zh, handedIn],
    [TEXT.leftWithout.zh, visits - handedIn],
    [TEXT.takesMean.zh, rounded(takesMean)],
    [TEXT.secondsMedian.zh, rounded(secondsMedian)],
    [TEXT.secondsSlowest.zh, rounded(secondsSlowest)],
    ...report.takings.flatMap(({ method, count, fen }): CsvRow[] => [
      [DESK_PAYMENT_TEXT[method].zh, count],
      [`${DESK_PAYMENT_TEXT[method].zh}（${TEXT.yuan.zh}）`, fen / 100],
    ]),
    [TEXT.waiting.zh, report.waiting],
    [TEXT.parked.zh, report.parked],
    [],
    [TEXT.hours.zh, TEXT.visits.zh, TEXT.handedIn.zh],
    ...report.hours.map((one) => [`${one.hour}:00`, one.visits, one.handedIn]),
    [],
    [TEXT.photos.zh],
    ...report.photos.map(({ step, count }) => [PHOTO_STEP_TEXT[step].zh, count]),
    [],
    [TEXT.refusals.zh],
    ...report.refusals.map(({ code, count }) => [refusalText(code).zh, count]),
    [],
    [TEXT.releases.zh],
    ...report.releases.map(({ cause, count }) => [RELEASE_CAUSES[cause].zh, count]),
  ];
  return { fileName: `gradshot-${day}.csv`, text: csvText(rows) };
}

const rounded = (value: number | null) => (value === null ? '' : Math.round(value * 10) / 10);
