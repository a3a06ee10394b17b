export type { AgencyCredentials } from './simulators/chsi-gateway/agency-protocol.ts';
export { CODE_KINDS, type CodeKind } from './simulators/chsi-gateway/code-desk.ts';
export {
  type GatewaySimulator,
  renderCode,
  startGatewaySimulator,
} from './simulators/chsi-gateway/gateway-simulator.ts';
export {
  impossibleHongKongId,
  impossibleMainlandId,
} from './simulators/chsi-gateway/id-number.ts';
export {
  SAMPLE_SCHOOLS,
  SAMPLE_STUDENTS,
  type SampleSchool,
  type SampleStudent,
} from './simulators/chsi-gateway/sample-students.ts';
export {
  type Simulators,
  type SimulatorsOptions,
  startSimulators,
} from './simulators/start-simulators.ts';
export type { Delivery } from './simulators/wechat-pay/notifier.ts';
export type { MerchantCredentials } from './simulators/wechat-pay/platform.ts';
export {
  type PayOutcome,
  type PayRequest,
  startWechatPaySimulator,
  type WechatPaySimulator,
} from './simulators/wechat-pay/wechat-pay-simulator.ts';
