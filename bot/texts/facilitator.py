"""What a facilitator reads: setting up, inviting, showing, results, closing, a second device."""

from __future__ import annotations

from bot.texts.entry import many, one

TEXTS = {
    # The list
    "f-home.title": one("Your assessments"),
    "f-home.none": one("You have no assessment yet. Create one to get session codes and posters."),
    "f-home.some": one("Choose an assessment, or create a new one."),
    "f-home.open": one("{organisation}"),
    "f-home.closed": one("{organisation} (closed)"),
    "f-home.practice": one("{organisation} (practice)"),
    "f-home.due": one("{organisation}: what you have not shown is erased on {day}. Open it to see what to do."),
    "f-home.new": one("Create an assessment"),
    "f-home.device": one("Second device"),
    "f.home": one("All assessments"),
    "f.page": one("Assessment"),
    # Invitations
    "f-invited.welcome": one("Welcome. You can create assessments now."),
    "f-invited.joined": one("This device is now part of your account."),
    "f-invited.already": one("You are a facilitator here already. The link was not used."),
    "f-invited.taking-part": one(
        "You take part in an assessment that this account runs, so you cannot use the account."
    ),
    "f-invited.shared": one("You can run this assessment now, together with the person who sent you the link."),
    "f-invited.runs": one("You run this assessment already. The link was not used."),
    "f-invited.takes-part": one("You take part in this assessment, or did before. So you cannot run it."),
    "f-invited.left": one(
        "You take part in an assessment that your other device runs now. "
        "So you cannot run assessments on this device any more."
    ),
    "f-invited.unknown": one("This link was used before, is too old or is not complete. Ask for a new one."),
    # Setting up
    "f-setup.next": one("Next"),
    "f-setup.give-up": one("Cancel"),
    "f-organisation.title": one("Which Trust or service is it about?"),
    "f-organisation.what": one("People see this name before they agree to take part."),
    "f-organisation.field": one("Type the name of the organisation."),
    "f-organisation.length": one("Type a name of 1 to {limit} characters."),
    "f-groups.title": one("Which groups will answer?"),
    "f-groups.what": one("Each group gets its own session code. Results are shown for each group and for everyone."),
    "f-groups.field": one("Type the name of another group to add it."),
    "f-groups.submit": one("Add this group"),
    "f-groups.add": one("Add: {group}"),
    "f-groups.remove": one("Remove: {group}"),
    "f-groups.length": one("Type a name of 1 to {limit} characters."),
    "f-groups.enough": one("There can be at most {limit} groups. Remove one first."),
    "f-groups.twice": one("There is a group with this name already. Type another name."),
    "f-groups.none": one("Add at least one group."),
    "f-threshold.title": one("Show results from how many people?"),
    "f-threshold.what": one(
        "Nothing is ever shown about fewer people than this. A larger number protects people better."
    ),
    "f-threshold.choose": one("Choose a number, or type one from {smallest} to {largest}. It cannot be changed later."),
    "f-threshold.button": many("{n}", "{n}"),
    "f-threshold.range": one("Choose a number from {smallest} to {largest}."),
    "f-hear-by.title": one("When will people hear back?"),
    "f-hear-by.what": one("People see this day at the end. By then, tell them the results and what will be done."),
    "f-hear-by.weeks": many("In {n} week", "In {n} weeks"),
    "f-confirm.title": one("Is this right?"),
    "f-confirm.organisation": one("Organisation: {organisation}"),
    "f-confirm.groups": one("Groups: {groups}"),
    "f-confirm.threshold": many(
        "Nothing is shown about fewer than {n} person.",
        "Nothing is shown about fewer than {n} people.",
    ),
    "f-confirm.hear-by": one("People hear what came of it by {day}."),
    "f-confirm.fixed": one("None of this can be changed later. You cannot take part in it yourself."),
    "f-confirm.create": one("Create it"),
    "f-setup.not-kept": one("The assessment that you were setting up is not kept. You can start it again."),
    "f-created": one("The assessment is ready. Invite people now."),
    # One assessment
    "f.joined": many("{n} person has joined.", "{n} people have joined."),
    "f.handed-in": many("{n} handed in", "{n} handed in"),
    "f.fewer": many("fewer than {n} handed in", "fewer than {n} handed in"),
    # Translators: how many people of a group are shown, and how many more have handed in since then.
    "f.shown": one("{shown} shown"),
    "f.shown-fewer": many(
        "{shown} shown, fewer than {n} more handed in",
        "{shown} shown, fewer than {n} more handed in",
    ),
    "f.shown-more": many("{shown} shown, {n} more handed in", "{shown} shown, {n} more handed in"),
    "f.line": one("{principle}: {number}"),
    "f.not-you": one("Only a facilitator can do this. Ask for an invitation."),
    "f.gone": one("You cannot run this assessment any more."),
    "f.not-own": one("Somebody else created this. You run it together."),
    "f.second": one("Second facilitator"),
    "f.posing-twice": one("Somebody who changed group, or joined again, counts as joined twice."),
    "f.posing": one(
        "If more people have joined than you invited, do not show or close answers. "
        "Ask people to take their answers back, then start again."
    ),
    "f.no-key": one("The key to these answers is missing, so nobody can read them. You can only close answers."),
    "f.due": one("Nobody used this for a long time. Answers that you have not shown are erased on {day}."),
    "f.due-remedy": one("To keep them, ask people to go on answering, or show them. You can also close answers."),
    # Translators: {n} is a number of days without use; 30 at least.
    "f.lapsed": many(
        "Nobody used this for {n} day. So answers that were not shown were erased on {day}.",
        "Nobody used this for {n} days. So answers that were not shown were erased on {day}.",
    ),
    "f.kept-until": one("Results that you have shown stay here until {day}."),
    "f.is-closed": one("Answers are closed. Results stay here until {day}."),
    "f.left-out": many(
        "{principle}: {n} person was too few to show. Their answers were erased.",
        "{principle}: {n} people were too few to show. Their answers were erased.",
    ),
    "f.left-unread": many(
        "{principle}: the answers of {n} person could not be read. They were erased.",
        "{principle}: the answers of {n} people could not be read. They were erased.",
    ),
    # Translators: stands in place of how many have handed in.
    "f.erased": one("answers were erased"),
    "f.lost": one(
        "The answers of {group} about {principle} were lost, "
        "because our records were put back from an older copy. They cannot be shown."
    ),
    # Translators: comes after "The answers of … about … were lost". "here" is in this assessment.
    "f.stopped": one(
        "Nobody can answer about {principles} here any more, so that nobody is counted twice. "
        "What was not shown yet is erased."
    ),
    "f.invite": one("Invite people"),
    "f.share": one("Questions"),
    "f.show": one("Show answers"),
    "f.refresh": one("Look again"),
    "f.results": one("Results"),
    "f.close": one("Close answers"),
    "f.erase": one("Erase all of it"),
    # Inviting
    "f-invite.title": one("Invite people"),
    "f-invite.what": one("Each group has its own session code, links and poster. Choose a group."),
    "f-group.code": one("Session code"),
    "f-group.telegram": one("Link for Telegram"),
    "f-group.web": one("Link for a web browser"),
    # Translators: PUBLIC_URL is the name of a setting. Leave it as it is.
    "f-group.near": one(
        "This web address works on this computer only. Phones cannot open it. "
        "The person who runs this program can set PUBLIC_URL."
    ),
    "f-group.aloud": one("Capital letters, spaces and dashes do not matter. The code has no O, I, L, 0 or 1."),
    "f-group.others": one("Other groups"),
    "f-group.languages": one("Poster languages"),
    # The poster of a group in other languages
    # Translators: a list of languages follows.
    "f-poster.first": one("Which language is this poster in? Group: {group}"),
    "f-poster.second": one("Do you want a second language below it?"),
    # Translators: {language} is the name of a language in that language itself.
    "f-poster.above": one("At the top: {language}"),
    "f-poster.only": one("Only this one"),
    "f-share.title": one("Questions to share before the day"),
    "f-share.what": one("You can copy this and send it to people, so that they can think about it."),
    # Showing
    "f-show.title": one("Show answers"),
    "f-show.what": many(
        "A group is shown once {n} person has handed in.",
        "A group is shown once {n} people have handed in.",
    ),
    "f-show.all": one("Show all that is ready"),
    "f-show.one": one("Show: {principle}"),
    "f-show.again": one("Show other groups: {principle}"),
    "f-show.too-few": many(
        "There is nothing to show yet. Each group is shown once, when {n} person has handed in.",
        "There is nothing to show yet. Each group is shown once, when {n} people have handed in.",
    ),
    "f-show.closed": one("Answers are closed. Look at the results."),
    "f-show.refused": one("This could not be shown. Open the assessment again from your list."),
    "f-warn.title": one("Last call?"),
    "f-warn.waiting": many(
        "{group}: {n} person may still be writing. Shown now, their answers may never be counted.",
        "{group}: {n} people may still be writing. Shown now, their answers may never be counted.",
    ),
    "f-warn.everybody": one("{group}: everybody who joined has handed in."),
    "f-warn.too-few": many(
        "{group}: {n} person has joined. Too few had handed in, so they are left out for now.",
        "{group}: {n} people have joined. Too few had handed in, so they are left out for now.",
    ),
    "f-warn.nobody": one("{group}: nobody has joined yet."),
    "f-warn.shown": one("{group}: shown before. More answers are added only when you close answers."),
    "f-warn.given-up": one("{group}: these answers were erased, so this group is not shown."),
    "f-warn.last-call": one("Tell the room to hand in now. Show when people are ready. It cannot be undone."),
    "f-warn.not-yet": one("Not yet"),
    "f-warn.now": one("Show now"),
    # Results
    "f-results.title": one("Results: {organisation}"),
    "f-results.not-yet": one("This is not shown yet."),
    "f-results.waiting": one("Not shown yet: {principles}."),
    "f-results.comments": one("Comments: {principle}"),
    "f-results.gaps": one("Differences"),
    "f-results.overview": one("All principles"),
    "f-results.sheet": one("Score sheet as text"),
    "f-comments.title": one("{principle}: what would help"),
    "f-comments.none": one("Nobody wrote a comment."),
    "f-comments.picture": one("Picture: {principle}"),
    "f-comments.care": one(
        "Comments stand in random order. Read them before you show them to a room. Hide one that names somebody."
    ),
    # Translators: stands over what one person wrote, so that people can speak of "comment 3".
    "f-comments.number": one("Comment {number}"),
    "f-comments.hidden": many("{n} comment is hidden.", "{n} comments are hidden."),
    "f-comments.hide": one("Hide a comment"),
    "f-hide.title": one("{principle}: hide comments"),
    "f-hide.what": one(
        "Tap the number of a comment to hide it. A hidden comment is only counted. You can put it back."
    ),
    # Translators: stands over a comment that only the facilitator sees.
    "f-hide.hidden": one("Comment {number} (hidden)"),
    "f-hide.number": one("{number}"),
    "f-hide.put-back": one("Put back {number}"),
    "f-hide.done": one("Comment {number} is hidden."),
    "f-hide.undone": one("Comment {number} is shown again."),
    "f-hide.before": one("Earlier numbers"),
    "f-hide.after": one("Later numbers"),
    # Translators: leads to the comments that are not hidden, which can be shown on a wall.
    "f-hide.back": one("What the room sees"),
    "f-sheet.title": one("Score sheet"),
    "f-sheet.what": one(
        "The average of each of the three scores, then what people wrote. A dash means too few scores."
    ),
    "f-sheet.line": one("{principle}: {scores}"),
    # Translators: stands in place of a number that cannot be shown.
    "f-sheet.empty": one("–"),
    "f-sheet.total": one("Everyone together: {total} out of {most} (the lowest is {least})."),
    "f-sheet.ours": one("Averages and totals are our own sums. They are not the rating of the official online tool."),
    # Closing
    "f-close.title": one("Close answers?"),
    "f-close.what": one("Nobody can answer or change anything after this. It cannot be undone."),
    "f-close.left": many(
        "If fewer than {n} person is left over, their answers are erased and never shown.",
        "If fewer than {n} people are left over, their answers are erased and never shown.",
    ),
    "f-close.unread": one("All answers that you have not shown are erased."),
    "f-close.group": many("{group}: {n} person has joined.", "{group}: {n} people have joined."),
    # Translators: stands over a list of principles, each with how many people have joined and may not be counted.
    "f-close.missing-title": one("Joined, but may not be counted"),
    "f-close.missing": many("{principle}: {n} person", "{principle}: {n} people"),
    "f-close.missing-more": many(
        "If {n} person or more is left over from all groups, their scores count under “everyone”.",
        "If {n} people or more are left over from all groups together, their scores count under “everyone”.",
    ),
    "f-close.now": one("Close answers now"),
    "f-close.done": one("Answers are closed. The key to all answers of single people is destroyed."),
    "f-close.already": one("Answers were closed before."),
    "f-close.refused": one("This could not be closed. Open the assessment again from your list."),
    # What is held, and being forgotten
    "f-rights.account": one("You have an account to run assessments. It is a random number."),
    "f-rights.runs": many("Your account runs {n} assessment.", "Your account runs {n} assessments."),
    "f-rights.links": many(
        "A scrambled copy of {n} link for a second device.", "Scrambled copies of {n} links for a second device."
    ),
    "f-forget.title": one("Your assessments"),
    "f-forget.stay": many(
        "You run {n} assessment. It stays, with its results.", "You run {n} assessments. They stay, with their results."
    ),
    "f-forget.devices": many(
        "You can still open your assessments on {n} other device.",
        "You can still open your assessments on {n} other devices.",
    ),
    "f-forget.alone": one("You cannot open them any more after this. Only people who run them with you can."),
    "f-forget.close-first": many(
        "Answers are still open in {n} of them. Close answers first, or nobody may ever see the results.",
        "Answers are still open in {n} of them. Close answers first, or nobody may ever see the results.",
    ),
    "f-forget.silence": many(
        "If nothing happens for {n} day, answers that are not shown are erased.",
        "If nothing happens for {n} days, answers that are not shown are erased.",
    ),
    # A second facilitator
    "f-second.title": one("Run it together"),
    "f-second.what": one("A second facilitator can invite people, show answers and close them. They see results too."),
    "f-second.not": one("They cannot take part in it, and they cannot share it with anybody else."),
    "f-second.nobody": one("Nobody else runs it yet."),
    "f-second.others": many("{n} other person runs it now.", "{n} other people run it now."),
    "f-second.send": one("Send this link to one person you trust. It works once, until {day}, {time} (UK time)."),
    "f-second.make": one("Make a link"),
    "f-second.another": one("Make another link"),
    "f-second.end": one("Stop sharing"),
    "f-second.refused": one("Only the person who created an assessment can share it."),
    "f-unshare.title": one("Stop sharing?"),
    "f-unshare.what": one("Nobody else can run it after this. Links that nobody has used yet stop working."),
    "f-unshare.now": one("Stop sharing now"),
    "f-unshare.done": one("Now nobody else can run it."),
    # Erasing a closed assessment
    "f-erase.title": one("Erase this assessment?"),
    "f-erase.what": one("Everything about {organisation} is erased here: its groups, all results and all comments."),
    "f-erase.copies": one("Pictures that you saved and messages in a chat stay where they are."),
    "f-erase.undone": one("It cannot be undone. Save what you need first."),
    "f-erase.now": one("Erase all of it now"),
    "f-erase.done": one("The assessment and all its results are erased."),
    "f-erase.open": one("Close answers first. Then you can erase this assessment."),
    "f-erase.refused": one("This could not be erased. Only the person who created an assessment can erase it."),
    # A second device
    "f-leave.account": one("Without a code, you need another device of yours to open your assessments."),
    "f-device.title": one("Use a second device"),
    "f-device.what": one("Open this link on your other phone or computer. Do not give it to anybody."),
    "f-device.until": one("It works once, until {day}, {time} (UK time)."),
    "f-device.end": one("Sign out other devices"),
    "f-devices.title": one("Sign out all other devices?"),
    "f-devices.what": one(
        "No other device of yours can open your assessments then. Use it when a phone or laptop is lost."
    ),
    "f-devices.kept": one(
        "Nothing is erased, and a second facilitator stays. You can add a device again with a new link."
    ),
    "f-devices.now": one("Sign them out"),
    "f-devices.done": many(
        "Signed out: {n} device. Links that nobody used yet stopped working.",
        "Signed out: {n} devices. Links that nobody used yet stopped working.",
    ),
    "f-devices.none": one("You had no other device. Links that nobody used yet stopped working."),
}
