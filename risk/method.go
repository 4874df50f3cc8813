package risk

// Method names the way in which this version of the library answers: how lists are
// searched, owners added up, claims reduced, evidence weighed and rules asked. What was
// assessed by one method with the same rules and the same inputs comes to the same; the
// number is raised when it would not, so that an examiner knows which version to ask.
const Method = "exposure/method/5"
