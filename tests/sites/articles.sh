#!/usr/bin/env bash
# Sourced: writes the sample articles into articles/, with front matter as generators read it.
mkdir -p articles
cat >articles/ferry.md <<'TEXT'
---
title: The ferry
date: 2024-05-01
tags: [harbour]
---
The boat leaves before the market opens.

##paidbegin##
Captain Lin's timetable, as he gave it to us on the quay that morning, is the **only** one that
still names the two islands where nobody has lived since the lighthouse was closed.

He keeps it in the drawer below the compass, with the letters of those who moved away.
##paidend##

Bring small change.
TEXT
cat >articles/spring.md <<'TEXT'
---
title: 春天
date: 2024-05-02
tags: [harbour]
---
春天来了，花都开了。

##paidbegin##
老船长说，那一年的春天来得特别早，渔村里的人们还没有来得及修补渔网，海面上的冰就全部化开了，孩子们在码头上奔跑。
##paidend##

请带零钱。
TEXT
