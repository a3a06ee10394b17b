/** Weight of the prior against colour: what the colours of person and wall leave in doubt. */
export const PRIOR_WEIGHT = 0.02;
export const PRIOR_PER_VARIANCE = 50;

/** Alpha is stretched by this much at both ends: unmixing hardly ever says exactly 0 or 1. */
export const ALPHA_FLOOR = 0.04;
export const ALPHA_CEILING = 0.96;
