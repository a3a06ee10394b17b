/** What the State Council's notice says of a day of the calendar that Monday to Friday does not. */
export type SpecialDay = {
  /** `YYYY-MM-DD`, Beijing. */
  readonly day: string;
  /** True: 调休, a week-end on which is worked; false: 放假. */
  readonly working: boolean;
  /** 国庆节, 春节 … */
  readonly name: string;
};

/** Days that an administrator entered: for years that the package of holidays does not know yet. */
export type CalendarRepository = {
  specialDays(): Promise<SpecialDay[]>;
  /** In place of all that was entered for that year. */
  replaceYear(
    year: number,
    days: readonly SpecialDay[],
    entered: { readonly by: string; readonly at: Date },
  ): Promise<void>;
};

export type CalendarRows = { readonly calendar: CalendarRepository };
