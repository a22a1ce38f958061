import { Anchor, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../../ui/app-link.tsx";
import { useFormat } from "../../../ui/preferences.tsx";
import { surenessOf } from "../../../ui/sureness.ts";
import { Surface } from "../../../ui/surface.tsx";
import { useCan } from "../../../ui/viewer.tsx";
import type { Identity, LookAlike } from "./identity.ts";
import classes from "./links.module.css";

/** Customers who may be the same one; nothing when there are none. */
export function LookAlikes({ identity }: { identity: Identity }) {
  const { t } = useTranslation("customers");
  if (identity.mayBeSame.length === 0) return null;
  return (
    <Surface title={t("links.mayBeSame")} padding="none">
      <ul className={classes.alikes}>
        {identity.mayBeSame.map((alike) => (
          <Alike key={alike.side.partyId} alike={alike} />
        ))}
      </ul>
    </Surface>
  );
}

function Alike({ alike: { side, withPartyId, probability } }: { alike: LookAlike }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const mayDecide = useCan("identity:decide");
  return (
    <li>
      <span className={classes.what}>
        <Anchor component={AppLink} to="/customers/$customerId" params={{ customerId: side.customerId } as never} fw={600}>
          <bdi>{side.fullName}</bdi>
        </Anchor>
        <span className={`num ${classes.why}`}>
          <bdi>{side.sourceName}</bdi>
          {" · "}
          <bdi dir="ltr">{format.code(side.customerNo)}</bdi>
          {side.bornOn !== null && (
            <>
              {" · "}
              <bdi>{format.date(side.bornOn)}</bdi>
            </>
          )}
          {side.city !== null && (
            <>
              {" · "}
              <bdi>{side.city}</bdi>
            </>
          )}
        </span>
      </span>
      <span className="num">
        {t(`sure.${surenessOf(probability)}`)} ({format.percent(probability, 0)})
      </span>
      {mayDecide && (
        <Button
          component={AppLink}
          to="/identity/pairs/$a/$b"
          params={{ a: withPartyId, b: side.partyId } as never}
          variant="default"
          size="xs"
        >
          {t("links.look")}
          <span className="visually-hidden"> {side.fullName}</span>
        </Button>
      )}
    </li>
  );
}
