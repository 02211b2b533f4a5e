import { ShownDashboard, SOMEBODY } from "../../../shown-dashboard";

export default function Page() {
  return <ShownDashboard user={SOMEBODY} />;
}
