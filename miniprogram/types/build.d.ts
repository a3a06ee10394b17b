/// <reference types="@tarojs/taro" />

/** Put in by the build, see config/index.ts. */
declare const API_BASE: string;
declare const process: { readonly env: { readonly TARO_ENV: 'weapp' | 'h5' } };
declare module '*.scss';
declare module '*.css';
