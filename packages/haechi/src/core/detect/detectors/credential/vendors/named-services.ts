import type { Detector } from "../../../detector.ts";
import { namedService } from "./named-service.ts";

// Names that mean little but the service. What is also a word of programs is left out.
export const namedServices: readonly Detector[] = [
  namedService({
    id: "ai-and-data-service-key",
    names:
      "deepgram,deepai,assemblyai,clarifai,cohere,mistral,codestral,anthropic,openai,deepseek,elevenlabs,replicate," +
      "huggingface,hugging face,wandb,edenai,eden ai,aylien,dandelion api,meaning cloud,monkeylearn,speechtext," +
      "nvapi,stability ai,imagga,face plus plus,faceplusplus,skybiometry,paralleldots,unifyid,voicegain,voiceflow," +
      "langsmith,langfuse,pinecone,weaviate,qdrant,openrouter,perplexity,fireworks ai,together ai,groq,xai api,xai key," +
      "photoroom,snowflake,databricks,confluent,couchbase,supabase,planetscale,upstash,airbyte,fivetran,stitchdata," +
      "datafire,contentful,contentstack,storyblok,kontent,graphcms,hygraph,cannyio,hasura,algolia,swiftype,diffbot," +
      "databox,metabase,geckoboard,klipfolio,mixpanel,amplitude,nasdaqdatalink,datagov,qubole,scalr,apify," +
      "fullstory,privateai,private ai,uclassify,readthedocs,detectlanguage,deepl,caspio,enablex,eightxeight," +
      "dandelion,neutrinoapi,oopspam,aletheiaapi,nightfall,cicero,easyinsight,metrilo,lexalytics,lokalise,crowdin," +
      "phraseapp,transifex,localazy,lexigram",
  }),
  namedService({
    id: "web-data-service-key",
    names:
      "abyssale,api2cart,apiflash,apilayer,apitemplate,bannerbear,browshot,captaindata,clearbit,cloudconvert," +
      "cloudimage,cloudmersive,convertapi,craftmypdf,docparser,extractorapi,fetchrss,fileio,html2pdf,iconfinder," +
      "linkpreview,opengraph,parsehub,parseur,pdflayer,pdfshift,phantombuster,proxycrawl,rapidapi,rapid api," +
      "restpack,scrapeowl,scraperapi,scraperbox,scrapersite,scrapestack,scrapfly,scrapingant,scrapingbee," +
      "screenshotapi,screenshotlayer,selectpdf,serphouse,serpstack,serpapi,sheety,shotstack,webscraper,webscraping," +
      "zenrows,zenscrape,zenserp,unsplash,pixabay,pexels,shutterstock,giphy,flickr,imgur,uploadcare,imagekit," +
      "cloudinary,newsapi,news api,newscatcher,mediastack,currentsapi,nytimes,guardianapi,feedly,feedier,rawg,tmdb," +
      "themoviedb,spoonacular,edamam,nutritionix,calorieninja,sportradar,sportsmonk,theoddsapi,allsports," +
      "pandascore,ticketmaster,eventbrite,peopledatalabs,rocketreach,verimail,veriphone,numverify,kickbox," +
      "zerobounce,neverbounce,mailboxlayer,languagelayer,vatlayer,userstack,upcdatabase,walkscore,smartystreets," +
      "smarty streets,companyhub,besnappy,auddio,musixmatch,jokeapi,owlbot,websitepulse,shodan,censys,virustotal," +
      "urlscan,abuseipdb,alienvault,greynoise,securitytrails,apideck,apimatic,apimetrics,diggernaut,getemails," +
      "hybiscus,apifonica,audd api,ayrshare,conversiontools,exportsdk,happyscribe,happi api,hunterio,heatmapapi," +
      "ritekit,sirv,viewneo,scrapingdog,technicalanalysisapi,binaryedge,intelx,dnscheck,whoxy,vpnapi,detectify," +
      "dareboost,gtmetrix,brandfetch",
  }),
  namedService({
    id: "place-and-market-data-key",
    names:
      "accuweather,airvisual,ambee,openuv,openweather,openweathermap,open weather,stormglass,tomorrowio," +
      "visualcrossing,weatherbit,weatherstack,worldweather,mapbox,mapquest,maptiler,tomtom,hereapi,geoapify," +
      "geocodify,geocodio,geoipify,getgeoapi,graphhopper,locationiq,opencage,opencagedata,positionstack," +
      "ip2location,ipdata,ipgeolocation,ipify,ipinfo,ipquality,ipstack,maxmind,geoip license,macaddress api," +
      "timezoneapi,zipcodeapi,zipcodebase,zipapi,countrylayer,amadeus,aviationstack,flightaware,flightapi," +
      "flightlabs,flightstats,travelpayouts,carboninterface,hypertrack,samsara,adzuna,bitcoinaverage,coinapi," +
      "coinlayer,coinlib,coinmarketcap,cryptocompare,currencycloud,currencyfreaks,currencylayer,currencyscoop," +
      "exchangerate,exchangerates,exchangerateapi,fastforex,fixerio,finage,financialmodelingprep,finnhub,fxmarket," +
      "glassnode,iexapis,iexcloud,intrinio,marketstack,moralis,nftport,oanda,stockdata,tatumio,tiingo,tradier," +
      "twelvedata,worldcoinindex,alphavantage,alpha vantage,blocknative,etherscan,bscscan,ethplorer,infura,binance," +
      "bitfinex,bitmex,bittrex,bybit,cexio,coinbase,gateio,kraken,kucoin,poloniex,upbit,bithumb,simfin," +
      "commodities api,geoipifi,getaddress,route4me,fmfw,luno api,metaapi,dfuse,purestake,alconost,findl",
  }),
  namedService({
    id: "payment-and-shop-service-key",
    names:
      "braintree,dwolla,flutterwave,gocardless,instamojo,klarna,lemonsqueezy,moonclerk,pagarme,paymongo,paystack," +
      "paydirtapp,paymoapp,paypal,plaid,razorpay,rechargepayments,recurly,saltedge,square up,squareup,stripe," +
      "taxjar,transferwise,wepay,xendit,adyen,mollie,chargebee,chartmogul,baremetrics,finicity,yodlee,truelayer," +
      "quaderno,billomat,freshbooks,invoiceocean,zipbooks,youneedabudget,lunchmoney,alegra,avaza,cashboard," +
      "loyverse,lendflow,requestfinance,bigcommerce,commercejs,etsy,shopify,snipcart,squarespace,storecove," +
      "woocommerce,magento,gumroad,vouchery,shipday,easypost,shippo,flexport,fleetbase,tickettailor,checkvist," +
      "appointedd,yelp,doordash,bitpay,lightspeed,vendhq,printful,printify,cloverly,ecostruxure,thinkific," +
      "teachable,avalara,axonaut,caflou,heartland,tokeet,onfido,jumio,docusign,hellosign,dropboxsign,pandadoc," +
      "signaturit,signupgenius,signable,yousign,eversign,dotdigital,juro api,zuora",
  }),
  namedService({
    id: "customer-service-key",
    names:
      "activecampaign,autoklose,bombbomb,campayn,capsulecrm,centralstationcrm,clickhelp,clinchpad,closecrm," +
      "copyleaks,convertkit,customerio,customer io,customerguru,customerly,demio,drift api,freshdesk,freshchat," +
      "freshworks,getresponse,groovehq,helpcrunch,helpscout,hubspot,hapikey,insightly,intercom,kylas,landbot," +
      "leadfeeder,lemlist,lessannoyingcrm,liveagent,livestorm,madkudu,mailerlite,mailmodo,mixmax,moosend," +
      "myfreshworks,nethunt,nicereply,nimble crm,omnisend,onepagecrm,overloop,partnerstack,pepipost,pipedrive," +
      "powrbot,prospectcrm,qualaroo,reachmail,reallysimplesystems,refiner,repairshopr,revampcrm,ringcentral," +
      "salesblink,salescookie,salesflare,salesforce,salesmate,satismeter,sendbird,sendinblue,sendpulse,sherpadesk," +
      "simvoly,skrappio,statuspal,sugester,survicate,surveyanyplace,surveybot,surveysparrow,surveymonkey,teamgate," +
      "teamworkcrm,uplead,userflow,usersnap,vbout,webflow,woodpecker,zendesk,zohocrm,zonkafeedback,appcues," +
      "appfollow,delighted api,klaviyo,mailchimp,mailgun,mailjet,mailsac,mandrill,mailtrap,postmark,sparkpost," +
      "elasticemail,elastic email,sendgrid,loadmill,nylas,kaleyra,infobip,apptivo,cliengo,chatfule,centrify," +
      "dyspatch,flowflu,getgist,instabot,interseller,netcore,postageapp,stripo,larksuite,vyte,bulbul,bulksms," +
      "clicksend,d7network,messagebird,message bird,plivo,signalwire,sinchmessage,telesign,telnyx,textmagic,tyntec," +
      "twilio,vonage,nexmo,voodoosms,mesibo,smooch,pushbullet,pushover,onesignal,linenotify,teletype,typetalk," +
      "mattermost,zulip,flowdock,gitter,telegram,discord,twitch,twitter,facebook,instagram,linkedin,strava,spotify," +
      "foursquare,disqus,tumblr,pinterest,vimeo,wistia,mux token,agora app,dailyco,everwebinar,airship",
  }),
  namedService({
    id: "team-service-key",
    names:
      "airtable,appointlet,artsy,asana,atlassian,jira,confluence,avazapersonal,bitly,rebrandly,boostnote,bugherd," +
      "buttercms,butter cms,calendarific,holidayapi,calendly,clockify,clockworks,cloze api,clustdoc,codaio," +
      "debounceio,documo,duply,dynalist,frameio,apacta,aeroworkflow,appsynergy,beebole,butterflynetwork,cloudplan," +
      "flatio,gengo,leankit,processst,mrticktock,myexperiment,rownd,supernotes,tefter,upwave,coda api,dovico," +
      "dronahq,dropbox,evernote,everhour,fibery,figma,formbucket,formcraft,formio,formsite,jotform,typeform," +
      "paperform,goodday,gongio,harvest api,hiveage,integromat,ifttt,iterable,kanbanize,lokalisetoken,magicbell," +
      "mavenlink,meistertask,mindmeister,miro api,mockaroo,monday api,myintervals,notion,nozbe,nozbeteams,onedesk," +
      "onwater,optimizely,pastebin,pipedream,pivotaltracker,planview,planyo,podio,pollsapi,prodpad,protocolsio," +
      "qase,quickbase,runrunit,simplesat,simplynoted,siteleaf,smartsheet,smartsheets,stormboard,storychief,tallyfy," +
      "teamwork api,thousandeyes,ticktick,timecamp,tmetric,todoist,toggl,toggltrack,trello,wrike,worksnaps,zapier," +
      "zeplin,zenkit,adobe,autodesk,box client,eagleeye,keenio,looker,tableau,beamer,linear api,linear client," +
      "clubhouse,adafruit,ubidots,particle io,meraki,cisco meraki,enigma api,ghost admin,wordpress api,okta,auth0," +
      "onelogin,jumpcloud,stytch,frontegg,loginradius,passbase,clerk secret,bitwarden,doppler,gitguardian," +
      "nightfall,borgbase,backblaze,pinata,web3storage,storj,zerotier,tailscale,ngrok,openvpn,dynatrace,digicert," +
      "sslmate,unplugg",
  }),
  namedService({
    id: "platform-service-key",
    names:
      "aiven,alibaba,aliyun,anypoint,artifactory,bintray,jfrog,xray,bitbucket,bitbar,bitrise,blazemeter," +
      "browserstack,buddyns,bugsnag,buildkite,circleci,cloudflare,cloudsmith,codacy,codeclimate,codecov,codemagic," +
      "codequiry,coveralls,crossbrowsertesting,datadog,newrelic,new relic,digitalocean,dockerhub,docker hub," +
      "droneci,fastly,firehydrant,flyio,gitea,gitlab token,github token,heroku,honeycomb,honeybadger,humio,jenkins," +
      "jupiterone,knapsackpro,launchdarkly,linode,loggly,logzio,logdna,logtail,lambdatest,netlify,opsgenie," +
      "packagecloud,pagerduty,cloudelements,checklyhq,blitapp,percy,portainer,postman,prefect,pulumi,railway," +
      "raygun,rollbar,rootly,rubygems,saucelabs,scaleway,scrutinizerci,semaphoreci,sentry,sigopt,snyk,sonar," +
      "sonarcloud,sonarqube,sourcegraph,splunk,squadcast,statuscake,statuspage,sumologic,sumo logic,sumo," +
      "terraformcloud,testingbot,travisci,travis ci,uptimerobot,vagrantcloud,vercel,versioneye,vultr,wakatime," +
      "webex,yandex,zeit,checkly,appoptics,airbrake,appsignal,atera,auvik,besttime,azure search,azure devops," +
      "azure openai,cosmosdb,cosmos db,ibm cloud,ibmcloud,softlayer,watson,cloudant,huawei,tencent,qcloud,hetzner," +
      "ovh api,ovh key,ovh application,contabo,upcloud,hostinger,dreamhost,namecheap,godaddy,gandi,dnsimple,cloudns,stackhawk",
  }),
  namedService({
    id: "word-named-service-key",
    names:
      "agora,apollo,autopilot,chatbot,coda,courier,deputy,ditto,drip,eraser,fulcrum,gemini,harvest,hive,humanity," +
      "impala,magnetic,miro,nimble,noticeable,sanity,semaphore,shortcut,surge,swell,tines,twist,enigma,mollie," +
      "drift,ably,ramp,roaring,klarna,lob api,lob key,travis,tableau,ghost,grafana,gitlab,teamwork",
    areWords: true,
  }),
];
