/** Debit cards that WeChat Pay sends an abnormal refund to, under its own names for the banks. */
export const CARD_BANKS = [
  { value: 'ICBC_DEBIT', label: '工商银行' },
  { value: 'ABC_DEBIT', label: '农业银行' },
  { value: 'BOC_DEBIT', label: '中国银行' },
  { value: 'CCB_DEBIT', label: '建设银行' },
  { value: 'COMM_DEBIT', label: '交通银行' },
  { value: 'PSBC_DEBIT', label: '邮储银行' },
  { value: 'CMB_DEBIT', label: '招商银行' },
  { value: 'PAB_DEBIT', label: '平安银行' },
  { value: 'SPDB_DEBIT', label: '浦发银行' },
  { value: 'CITIC_DEBIT', label: '中信银行' },
  { value: 'CEB_DEBIT', label: '光大银行' },
  { value: 'CMBC_DEBIT', label: '民生银行' },
  { value: 'CIB_DEBIT', label: '兴业银行' },
  { value: 'GDB_DEBIT', label: '广发银行' },
  { value: 'NBCB_DEBIT', label: '宁波银行' },
] as const;
