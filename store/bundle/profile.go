package bundle

// The two values of a profile's identity: ID number, phone and address go along,
// or stay at home.
const (
	IdentityWhole = "带"
	IdentityNone  = "不带"
)

// Profile is what a county tells its villages (county.json). It is handed out
// signed, see SealProfile.
type Profile struct {
	Type        string            `json:"type"`   // profileType
	Format      int               `json:"format"` // Format of the program that made it
	Code        string            `json:"code"`   // the county's own organisation
	Name        string            `json:"name"`
	Version     int               `json:"version"` // from 1; a lower one is never taken over a higher one
	Issued      string            `json:"issued"`  // YYYY-MM-DDThh:mm:ssZ
	Recipient   string            `json:"recipient"`
	PublicKey   string            `json:"public_key"`   // the base64 line that `minisign -P` takes
	Parameters  map[string]string `json:"parameters"`   // limits of the rule packs by name
	DeadlineDay int               `json:"deadline_day"` // of the following month, 1 to 28
	Identity    string            `json:"identity"`     // 带, 不带
	Units       []Unit            `json:"units"`        // the organisations that report; none: not known
}

// Unit is an organisation on the county's list.
type Unit struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Township string `json:"township"`
	Domain   string `json:"domain"`
	Phone    string `json:"phone"`
}
