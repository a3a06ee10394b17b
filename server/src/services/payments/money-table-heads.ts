import { glossary } from '@gradshot/domain';

/** Heads of the tables about money that leave the server for spreadsheets and invoicing systems. */
export const MONEY_TABLE = {
  totals: [
    ...['收支日期', glossary.school.zh, '微信支付笔数', '微信支付金额（元）', '现金笔数'],
    ...['现金金额（元）', '校方统付笔数', '校方统付金额（元）', '退款笔数', '退款金额（元）'],
    ...['手续费（元）', '实收（元，不含校方统付）'],
  ],
  invoices: [
    ...[glossary.orderNo.zh, '商户单号', '微信支付单号', glossary.receiptNo.zh, '支付时间'],
    ...[glossary.school.zh, '项目名称', '金额（元）', '购买方名称'],
  ],
  invoiceItem: '图像采集服务费',
} as const;
