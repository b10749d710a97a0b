package demo

func init() { newCityTally = func() cityTally { return cityTruth() } }
