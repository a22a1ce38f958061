import {
  type BadgeProps,
  type ButtonProps,
  type CSSVariablesResolver,
  createTheme,
  type DrawerProps,
  defaultVariantColorsResolver,
  type InputProps,
  type InputWrapperProps,
  type MantineColorsTuple,
  type ModalProps,
  type PopoverProps,
  type SelectProps,
  type TooltipProps,
} from "@mantine/core";

/** The one accent: petrol. Everything that can be pressed, is chosen or has focus wears it; nothing else does. */
const petrol: MantineColorsTuple = [
  "#eef7f8",
  "#d9edef",
  "#b1dade",
  "#83c4cb",
  "#57acb6",
  "#2f929f",
  "#187c8a",
  "#0f6773",
  "#0d5560",
  "#0a434c",
];
const stone: MantineColorsTuple = [
  "#f8f8f6",
  "#f1f1ee",
  "#e5e5e1",
  "#d3d3ce",
  "#b4b5b0",
  "#8d908d",
  "#656a6a",
  "#4a5051",
  "#2f3536",
  "#1b2022",
];
/** Mantine's dark scale: 0 is text, 7 the page, 6 a surface, 4 a line. */
const dark: MantineColorsTuple = [
  "#e6e9ea",
  "#c3cacd",
  "#9aa5aa",
  "#7a868c",
  "#384248",
  "#2b3338",
  "#1d2327",
  "#15191c",
  "#101316",
  "#0b0d0f",
];

export const theme = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, stone, gray: stone, dark },
  // Mantine lightens a red that stands on the page itself to a shade too pale to read.
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    return input.variant === "subtle" && input.color?.startsWith("red") ? { ...colours, color: "var(--v-bad)" } : colours;
  },
  black: "#1b2022",
  fontFamily: '"Inter Variable", "Vazirmatn Variable", "Noto Sans SC Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.3" },
      h2: { fontSize: "1.125rem", lineHeight: "1.35" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
      h4: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "sm",
  radius: { xs: "3px", sm: "6px", md: "10px", lg: "14px", xl: "20px" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  cursorType: "pointer",
  respectReducedMotion: true,
  // By name: naming the components themselves would load dialogs and lists before anyone has signed in.
  components: {
    Badge: { defaultProps: { tt: "none", fw: 550, radius: "sm", variant: "light" } satisfies Partial<BadgeProps> },
    Button: { defaultProps: { fw: 550 } satisfies Partial<ButtonProps> },
    Input: { defaultProps: { size: "sm" } satisfies Partial<InputProps> },
    InputWrapper: { defaultProps: { labelProps: { mb: 4 } } satisfies Partial<InputWrapperProps> },
    Drawer: {
      styles: { title: { fontWeight: 600 } },
      defaultProps: { overlayProps: { backgroundOpacity: 0.35 } } satisfies Partial<DrawerProps>,
    },
    Modal: {
      styles: { title: { fontWeight: 600 } },
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 120 },
      } satisfies Partial<ModalProps>,
    },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 100 } } satisfies Partial<PopoverProps> },
    Select: { defaultProps: { checkIconPosition: "right", allowDeselect: false } satisfies Partial<SelectProps> },
    Tooltip: {
      defaultProps: {
        openDelay: 300,
        withArrow: false,
        events: { hover: true, focus: true, touch: true },
      } satisfies Partial<TooltipProps>,
    },
  },
});

/** Meaning colours and surfaces as CSS variables (`--v-…`); each text colour keeps 4.5:1 on page and surface. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { "--v-rail-width": "84px", "--v-bar-height": "56px", "--v-row-compact": "36px", "--v-row-normal": "48px" },
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-dimmed": "#5b6263",
    "--mantine-color-placeholder": "#6c7273",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-anchor": "#0f6773",
    "--v-page": "#f6f6f3",
    "--v-surface": "#ffffff",
    "--v-sunken": "#f1f1ee",
    "--v-line": "#e2e2dd",
    "--v-line-strong": "#cfcfc9",
    "--v-hover": "#f4f5f3",
    "--v-chosen": "#e4f1f2",
    "--v-accent": "#0f6773",
    "--v-accent-soft": "#d9edef",
    "--v-good": "#1d6f42",
    "--v-good-soft": "#e2f2e8",
    "--v-warn": "#8a5200",
    "--v-warn-soft": "#fbf0da",
    "--v-bad": "#b3261e",
    "--v-bad-soft": "#fbe9e7",
    "--v-skeleton": "#ebebe7",
  },
  dark: {
    "--mantine-color-body": "#1d2327",
    "--mantine-color-dimmed": "#a3adb2",
    "--mantine-color-placeholder": "#8d989d",
    "--mantine-color-error": "#ff9389",
    "--mantine-color-anchor": "#7ac7d1",
    "--v-page": "#15191c",
    "--v-surface": "#1d2327",
    "--v-sunken": "#191e21",
    "--v-line": "#2d353a",
    "--v-line-strong": "#3f494f",
    "--v-hover": "#232a2f",
    "--v-chosen": "#173a40",
    "--v-accent": "#7ac7d1",
    "--v-accent-soft": "#173a40",
    "--v-good": "#7fd1a1",
    "--v-good-soft": "#173326",
    "--v-warn": "#f0c274",
    "--v-warn-soft": "#3a2e17",
    "--v-bad": "#ff9389",
    "--v-bad-soft": "#44211e",
    "--v-skeleton": "#2a3136",
  },
});
