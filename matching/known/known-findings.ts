/**
 * Types of GuardDuty findings. AWS adds types: an unknown one is reported only if a known one has almost the same
 * spelling. Source: GuardDuty User Guide, "GuardDuty finding types".
 */
export const knownFindings: readonly string[] = `
  AttackSequence:EC2/CompromisedInstanceGroup AttackSequence:ECS/CompromisedCluster
  AttackSequence:EKS/CompromisedCluster AttackSequence:IAM/CompromisedCredentials
  AttackSequence:S3/CompromisedData Backdoor:EC2/C&CActivity.B Backdoor:EC2/C&CActivity.B!DNS
  Backdoor:EC2/DenialOfService.Dns Backdoor:EC2/DenialOfService.Tcp Backdoor:EC2/DenialOfService.Udp
  Backdoor:EC2/DenialOfService.UdpOnTcpPorts Backdoor:EC2/DenialOfService.UnusualProtocol
  Backdoor:EC2/Spambot Backdoor:Lambda/C&CActivity.B Backdoor:Runtime/C&CActivity.B
  Backdoor:Runtime/C&CActivity.B!DNS Behavior:EC2/NetworkPortUnusual Behavior:EC2/TrafficVolumeUnusual
  CredentialAccess:IAMUser/AnomalousBehavior CredentialAccess:IAMUser/CompromisedCredentials
  CredentialAccess:Kubernetes/AnomalousBehavior.SecretsAccessed
  CredentialAccess:Kubernetes/MaliciousIPCaller CredentialAccess:Kubernetes/MaliciousIPCaller.Custom
  CredentialAccess:Kubernetes/SuccessfulAnonymousAccess CredentialAccess:Kubernetes/TorIPCaller
  CredentialAccess:RDS/AnomalousBehavior.FailedLogin
  CredentialAccess:RDS/AnomalousBehavior.SuccessfulBruteForce
  CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin CredentialAccess:RDS/MaliciousIPCaller.FailedLogin
  CredentialAccess:RDS/MaliciousIPCaller.SuccessfulLogin CredentialAccess:RDS/TorIPCaller.FailedLogin
  CredentialAccess:RDS/TorIPCaller.SuccessfulLogin CryptoCurrency:EC2/BitcoinTool.B
  CryptoCurrency:EC2/BitcoinTool.B!DNS CryptoCurrency:Lambda/BitcoinTool.B
  CryptoCurrency:Runtime/BitcoinTool.B CryptoCurrency:Runtime/BitcoinTool.B!DNS
  DefenseEvasion:EC2/UnusualDNSResolver DefenseEvasion:EC2/UnusualDoHActivity
  DefenseEvasion:EC2/UnusualDoTActivity DefenseEvasion:IAMUser/AnomalousBehavior
  DefenseEvasion:IAMUser/BedrockLoggingDisabled DefenseEvasion:Kubernetes/MaliciousIPCaller
  DefenseEvasion:Kubernetes/MaliciousIPCaller.Custom DefenseEvasion:Kubernetes/SuccessfulAnonymousAccess
  DefenseEvasion:Kubernetes/TorIPCaller DefenseEvasion:Runtime/FilelessExecution
  DefenseEvasion:Runtime/KernelModuleLoaded DefenseEvasion:Runtime/ProcessInjection.Proc
  DefenseEvasion:Runtime/ProcessInjection.Ptrace DefenseEvasion:Runtime/ProcessInjection.VirtualMemoryWrite
  DefenseEvasion:Runtime/PtraceAntiDebugging DefenseEvasion:Runtime/SuspiciousCommand
  Discovery:IAMUser/AnomalousBehavior Discovery:Kubernetes/AnomalousBehavior.PermissionChecked
  Discovery:Kubernetes/MaliciousIPCaller Discovery:Kubernetes/MaliciousIPCaller.Custom
  Discovery:Kubernetes/SuccessfulAnonymousAccess Discovery:Kubernetes/TorIPCaller
  Discovery:RDS/MaliciousIPCaller Discovery:RDS/TorIPCaller Discovery:Runtime/SuspiciousCommand
  Discovery:S3/AnomalousBehavior Discovery:S3/MaliciousIPCaller Discovery:S3/MaliciousIPCaller.Custom
  Discovery:S3/TorIPCaller Execution:Container/MaliciousFile Execution:Container/SuspiciousFile
  Execution:EC2/MaliciousFile Execution:EC2/MaliciousFile!AMI Execution:EC2/MaliciousFile!RecoveryPoint
  Execution:EC2/MaliciousFile!Snapshot Execution:EC2/SuspiciousFile Execution:ECS/MaliciousFile
  Execution:ECS/SuspiciousFile Execution:Kubernetes/AnomalousBehavior.ExecInPod
  Execution:Kubernetes/AnomalousBehavior.WorkloadDeployed Execution:Kubernetes/ExecInKubeSystemPod
  Execution:Kubernetes/MaliciousFile Execution:Kubernetes/SuspiciousFile
  Execution:Runtime/MaliciousFileExecuted Execution:Runtime/NewBinaryExecuted
  Execution:Runtime/NewLibraryLoaded Execution:Runtime/ReverseShell Execution:Runtime/SuspiciousCommand
  Execution:Runtime/SuspiciousShellCreated Execution:Runtime/SuspiciousTool
  Execution:SageMaker/CommandAndScriptingInterpreter Exfiltration:IAMUser/AnomalousBehavior
  Exfiltration:S3/AnomalousBehavior Exfiltration:S3/MaliciousIPCaller
  Impact:EC2/AbusedDomainRequest.Reputation Impact:EC2/BitcoinDomainRequest.Reputation
  Impact:EC2/MaliciousDomainRequest.Custom Impact:EC2/MaliciousDomainRequest.Reputation Impact:EC2/PortSweep
  Impact:EC2/SuspiciousDomainRequest.Reputation Impact:EC2/WinRMBruteForce Impact:IAMUser/AnomalousBehavior
  Impact:IAMUser/AnomalousModelInvocation Impact:IAMUser/CostHarvesting
  Impact:IAMUser/PromptInjection.Direct Impact:Kubernetes/MaliciousIPCaller
  Impact:Kubernetes/MaliciousIPCaller.Custom Impact:Kubernetes/SuccessfulAnonymousAccess
  Impact:Kubernetes/TorIPCaller Impact:Runtime/AbusedDomainRequest.Reputation
  Impact:Runtime/BitcoinDomainRequest.Reputation Impact:Runtime/CryptoMinerExecuted
  Impact:Runtime/MaliciousDomainRequest.Reputation Impact:Runtime/SuspiciousDomainRequest.Reputation
  Impact:S3/AnomalousBehavior.Delete Impact:S3/AnomalousBehavior.Permission
  Impact:S3/AnomalousBehavior.Write Impact:S3/MaliciousIPCaller InitialAccess:IAMUser/AnomalousBehavior
  Object:S3/MaliciousFile PenTest:IAMUser/KaliLinux PenTest:IAMUser/ParrotLinux PenTest:IAMUser/PentooLinux
  PenTest:S3/KaliLinux PenTest:S3/ParrotLinux PenTest:S3/PentooLinux Persistence:IAMUser/AnomalousBehavior
  Persistence:Kubernetes/AnomalousBehavior.WorkloadDeployed!ContainerWithSensitiveMount
  Persistence:Kubernetes/ContainerWithSensitiveMount Persistence:Kubernetes/MaliciousIPCaller
  Persistence:Kubernetes/MaliciousIPCaller.Custom Persistence:Kubernetes/SuccessfulAnonymousAccess
  Persistence:Kubernetes/TorIPCaller Persistence:Runtime/SuspiciousCommand
  Policy:IAMUser/RootCredentialUsage Policy:IAMUser/ShortTermRootCredentialUsage
  Policy:Kubernetes/AdminAccessToDefaultServiceAccount Policy:Kubernetes/AnonymousAccessGranted
  Policy:Kubernetes/ExposedDashboard Policy:Kubernetes/KubeflowDashboardExposed
  Policy:S3/AccountBlockPublicAccessDisabled Policy:S3/BucketAnonymousAccessGranted
  Policy:S3/BucketBlockPublicAccessDisabled Policy:S3/BucketPublicAccessGranted
  PrivilegeEscalation:IAM/AccountManipulation PrivilegeEscalation:IAMUser/AdministrativePermissions
  PrivilegeEscalation:IAMUser/AnomalousBehavior
  PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleBindingCreated
  PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleCreated
  PrivilegeEscalation:Kubernetes/AnomalousBehavior.WorkloadDeployed!PrivilegedContainer
  PrivilegeEscalation:Kubernetes/PrivilegedContainer PrivilegeEscalation:Runtime/CGroupsReleaseAgentModified
  PrivilegeEscalation:Runtime/ContainerMountsHostDirectory PrivilegeEscalation:Runtime/DockerSocketAccessed
  PrivilegeEscalation:Runtime/ElevationToRoot PrivilegeEscalation:Runtime/RuncContainerEscape
  PrivilegeEscalation:Runtime/SuspiciousCommand PrivilegeEscalation:Runtime/UserfaultfdUsage
  Recon:EC2/PortProbeEMRUnprotectedPort Recon:EC2/PortProbeUnprotectedPort Recon:EC2/Portscan
  Recon:IAMUser/MaliciousIPCaller Recon:IAMUser/MaliciousIPCaller.Custom Recon:IAMUser/TorIPCaller
  Stealth:IAMUser/CloudTrailLoggingDisabled Stealth:IAMUser/PasswordPolicyChange
  Stealth:S3/ServerAccessLoggingDisabled Trojan:EC2/BlackholeTraffic Trojan:EC2/BlackholeTraffic!DNS
  Trojan:EC2/DGADomainRequest.B Trojan:EC2/DGADomainRequest.C!DNS Trojan:EC2/DNSDataExfiltration
  Trojan:EC2/DriveBySourceTraffic!DNS Trojan:EC2/DropPoint Trojan:EC2/DropPoint!DNS
  Trojan:EC2/PhishingDomainRequest!DNS Trojan:Lambda/BlackholeTraffic Trojan:Lambda/DropPoint
  Trojan:Runtime/BlackholeTraffic Trojan:Runtime/BlackholeTraffic!DNS Trojan:Runtime/DGADomainRequest.C!DNS
  Trojan:Runtime/DriveBySourceTraffic!DNS Trojan:Runtime/DropPoint Trojan:Runtime/DropPoint!DNS
  Trojan:Runtime/PhishingDomainRequest!DNS UnauthorizedAccess:EC2/MaliciousIPCaller.Custom
  UnauthorizedAccess:EC2/MetadataDNSRebind UnauthorizedAccess:EC2/RDPBruteForce
  UnauthorizedAccess:EC2/SSHBruteForce UnauthorizedAccess:EC2/TorClient UnauthorizedAccess:EC2/TorIPCaller
  UnauthorizedAccess:EC2/TorRelay UnauthorizedAccess:IAMUser/ConsoleLogin
  UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B
  UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS
  UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS
  UnauthorizedAccess:IAMUser/MaliciousIPCaller UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom
  UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS
  UnauthorizedAccess:IAMUser/TorIPCaller UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom
  UnauthorizedAccess:Lambda/TorClient UnauthorizedAccess:Lambda/TorRelay
  UnauthorizedAccess:Runtime/MetadataDNSRebind UnauthorizedAccess:Runtime/TorClient
  UnauthorizedAccess:Runtime/TorRelay UnauthorizedAccess:S3/MaliciousIPCaller.Custom
  UnauthorizedAccess:S3/TorIPCaller
`
  .trim()
  .split(/\s+/)
