"""Ask pip-audit what is known against the packages of requirements-test.lock.

Ends with 1 when something is. Where its data cannot be had, says so and ends with 0: silence
is no all-clear, and a network that is away is no weakness.
"""

import json
import subprocess
import sys

ASK = "--disable-pip --require-hashes -r requirements-test.lock -f json --progress-spinner off"
SECONDS = 300

try:
    asked = [sys.executable, "-m", "pip_audit", *ASK.split()]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=SECONDS, check=False)
    packages = json.loads(done.stdout)["dependencies"]
except subprocess.TimeoutExpired:
    sys.exit(print(f"pip-audit: NOT AUDITED, no answer within {SECONDS} s"))
except ValueError:
    reason = (done.stderr.strip() or "pip-audit said nothing").splitlines()[-1]
    sys.exit(print(f"pip-audit: NOT AUDITED: {reason[:300]}"))

unknown = [one for one in packages if "skip_reason" in one]
weak = [one for one in packages if one.get("vulns")]
for one in weak:
    print(f"{one['name']} {one['version']}: {', '.join(v['id'] for v in one['vulns'])}")
if unknown:
    print(f"pip-audit: {len(unknown)} NOT AUDITED, first: {unknown[0]['skip_reason']}")
print(f"pip-audit: {len(packages) - len(unknown)} packages audited, {len(weak)} with weaknesses")
sys.exit(1 if weak else 0)
