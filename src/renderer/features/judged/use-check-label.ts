import { MACHINE_CHECKS, type MachineCheckCode } from '@gradshot/domain';
import { useSentence } from '../../ui/use-language.ts';

type Words = { readonly zh: string; readonly en: string };

/** The catalogue's name of a check; what is none of them has words of its own, or shows its code. */
export function useCheckLabel(): (code: string, otherwise?: Words) => string {
  const sentence = useSentence();
  return (code, otherwise) => {
    if (Object.hasOwn(MACHINE_CHECKS, code))
      return sentence(MACHINE_CHECKS[code as MachineCheckCode]);
    return otherwise ? sentence(otherwise) : code;
  };
}
