// WeChat scales by itself; there is no root element to style.
export {};
