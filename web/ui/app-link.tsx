import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

function PlainAnchor({ ref, ...props }: Props) {
  return <a ref={ref} {...props} />;
}

/**
 * A link inside the product: a real address that opens without loading the page anew.
 * Fits Mantine's `component` property: `<Button component={AppLink} to="/customers">`.
 */
export const AppLink = createLink(PlainAnchor);
